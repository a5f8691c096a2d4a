# Helper functions and common settings of the build. Included once, by the top-level CMakeLists.txt.
#
#   drz_add_layer(<name> SOURCES <file>… [DEPENDS <layer or target>…])
#       Static library drz_<name>. Sees include/ and src/. A name in DEPENDS that is a layer means drz_<layer> and must
#       come earlier in DRZ_LAYERS; anything else is a target (nlohmann_json::nlohmann_json).
#   drz_add_rules(SOURCES <file>…)
#       Static library drz_rules. Sees include/ only.
#   drz_add_executable(<name> SOURCES <file>… DEPENDS <layer or target>…)
#       Program in the top of the build tree, installed into bin.
#   drz_add_test_executable(<name> SOURCES <file>… [DEPENDS <layer or target>…] [LABELS <label>…])
#       GoogleTest program (main comes with it); every TEST becomes a CTest test called <name>.<Suite>.<Test>.

set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

find_program(DRZ_CCACHE NAMES ccache)
mark_as_advanced(DRZ_CCACHE)
if(DRZ_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_C_COMPILER_LAUNCHER "${DRZ_CCACHE}")
  set(CMAKE_CXX_COMPILER_LAUNCHER "${DRZ_CCACHE}")
endif()

# -O2, not CMake's -O3: same speed here, smaller program. Assertions stay in everything but Release.
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -DNDEBUG")
set(CMAKE_C_FLAGS_RELEASE "-O2 -DNDEBUG")
if(EMSCRIPTEN)
  set(CMAKE_CXX_FLAGS_RELEASE "-Os -DNDEBUG")  # a run of WebAssembly begins with compiling it
endif()
set(CMAKE_CXX_FLAGS_RELWITHDEBINFO "-O2 -g")
set(CMAKE_C_FLAGS_RELWITHDEBINFO "-O2 -g")

# What every file of ours is compiled with. Warnings become errors through the presets (CMAKE_COMPILE_WARNING_AS_ERROR).
add_library(drz_options INTERFACE)
target_compile_features(drz_options INTERFACE cxx_std_20)
target_compile_options(drz_options INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow -Wnon-virtual-dtor -Wold-style-cast -Wimplicit-fallthrough
  $<$<CXX_COMPILER_ID:GNU>:-Wduplicated-cond> $<$<CXX_COMPILER_ID:GNU>:-Wlogical-op>
  $<$<CXX_COMPILER_ID:Clang>:-Wunreachable-code-aggressive> $<$<CXX_COMPILER_ID:Clang>:-Wcomma>)
# GCC's sanitizers insert null checks that this warning then takes for dereferences.
if(NOT DRZ_SANITIZE)
  target_compile_options(drz_options INTERFACE -Wnull-dereference)
endif()
# Bounds checks of the standard library wherever assertions are on.
target_compile_definitions(drz_options INTERFACE $<$<NOT:$<CONFIG:Release>>:_GLIBCXX_ASSERTIONS>)

# Sanitizers, coverage and static linking hold for all code, third-party included.
if(DRZ_SANITIZE)
  add_compile_options(-fsanitize=${DRZ_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_compile_definitions(DRZ_SANITIZED)
  add_link_options(-fsanitize=${DRZ_SANITIZE})
endif()
if(DRZ_COVERAGE)
  # Atomic: files are read by several threads, and counters that race come out negative, which gcovr refuses.
  target_compile_options(drz_options INTERFACE --coverage -fprofile-update=atomic)
  target_link_options(drz_options INTERFACE --coverage)
endif()
if(DRZ_STATIC)
  add_link_options(-static)
endif()
# What nothing calls is dropped from what is shipped.
if(CMAKE_BUILD_TYPE STREQUAL "Release")
  add_compile_options(-ffunction-sections -fdata-sections)
  if(NOT APPLE AND NOT EMSCRIPTEN)
    add_link_options(-Wl,--gc-sections)
  endif()
endif()
if(EMSCRIPTEN)
  # Neither files nor streams of emscripten's own: src/platform/host_library.js asks JavaScript for what there is. The loader mistakes
  # Node.js 18 and later for a browser, so JavaScript hands it the bytes of the .wasm file and it never loads anything.
  add_compile_options(-fwasm-exceptions "$<$<COMPILE_LANGUAGE:CXX>:SHELL:-isystem ${PROJECT_SOURCE_DIR}/src/platform/libcxx13>")
  add_link_options(-fwasm-exceptions -sMODULARIZE=1 -sEXPORT_NAME=createDrizzleAudit -sENVIRONMENT=node,web,worker -sFILESYSTEM=0
    -sALLOW_MEMORY_GROWTH=1 -sMAXIMUM_MEMORY=2GB -sINITIAL_MEMORY=33554432 -sTOTAL_STACK=16777216 -sEXIT_RUNTIME=0 -sINVOKE_RUN=0
    -sDYNAMIC_EXECUTION=0 -sNODEJS_CATCH_EXIT=0 -sNODEJS_CATCH_REJECTION=0 -sEXPORTED_FUNCTIONS=_main,_malloc)
endif()
if(DRZ_LTO)
  include(CheckIPOSupported)
  check_ipo_supported(RESULT DRZ_LTO_WORKS OUTPUT ignored LANGUAGES C CXX)
  set(CMAKE_INTERPROCEDURAL_OPTIMIZATION ${DRZ_LTO_WORKS})
endif()

# Which kind of system the program is built for: names the files that talk to it (src/platform).
if(EMSCRIPTEN)
  set(DRZ_SYSTEM wasm)
elseif(WIN32)
  set(DRZ_SYSTEM windows)
else()
  set(DRZ_SYSTEM posix)
endif()

# The public headers, the generated version header among them.
configure_file("${CMAKE_CURRENT_LIST_DIR}/version.h.in" "${PROJECT_BINARY_DIR}/generated/include/drizzle_audit/version.h" @ONLY)
add_library(drz_public INTERFACE)
target_include_directories(drz_public INTERFACE "${PROJECT_SOURCE_DIR}/include" "${PROJECT_BINARY_DIR}/generated/include")
target_link_libraries(drz_public INTERFACE drz_options)

# Turns layer names into target names; with `rank` >= 0 every layer must stand before that place in DRZ_LAYERS.
function(drz_resolve_dependencies out rank)
  set(targets "")
  foreach(name IN LISTS ARGN)
    list(FIND DRZ_LAYERS "${name}" place)
    if(place EQUAL -1)
      list(APPEND targets "${name}")
    elseif(rank GREATER_EQUAL 0 AND place GREATER_EQUAL rank)
      list(GET DRZ_LAYERS ${rank} self)
      message(FATAL_ERROR "layer ${self} may not depend on ${name}: a layer uses only layers before it (${DRZ_LAYERS})")
    else()
      list(APPEND targets "drz_${name}")
    endif()
  endforeach()
  set(${out} "${targets}" PARENT_SCOPE)
endfunction()

function(drz_add_layer name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;DEPENDS")
  list(FIND DRZ_LAYERS "${name}" rank)
  if(rank EQUAL -1)
    message(FATAL_ERROR "${name} is not in DRZ_LAYERS")
  endif()
  drz_resolve_dependencies(dependencies ${rank} ${arg_DEPENDS})
  add_library(drz_${name} STATIC ${arg_SOURCES})
  target_include_directories(drz_${name} PUBLIC "${PROJECT_SOURCE_DIR}/src")
  target_link_libraries(drz_${name} PUBLIC drz_public ${dependencies})
  if(name IN_LIST DRZ_SMALL_LAYERS)
    target_compile_options(drz_${name} PRIVATE $<$<CONFIG:Release>:-Os>)
  endif()
endfunction()

function(drz_add_rules)
  cmake_parse_arguments(PARSE_ARGV 0 arg "" "" "SOURCES")
  add_library(drz_rules STATIC ${arg_SOURCES})
  target_link_libraries(drz_rules PUBLIC drz_public)
  target_compile_options(drz_rules PRIVATE $<$<CONFIG:Release>:-Os>)
  # What several rules share takes most of their time.
  set(shared ${arg_SOURCES})
  list(FILTER shared INCLUDE REGEX "_shared/")
  set_source_files_properties(${shared} PROPERTIES COMPILE_OPTIONS $<$<CONFIG:Release>:-O2>)
  # RuleContext and the tenant model are implemented in these layers: needed when linking, invisible when compiling.
  set_property(TARGET drz_rules APPEND PROPERTY INTERFACE_LINK_LIBRARIES "$<LINK_ONLY:drz_text>" "$<LINK_ONLY:drz_tenant>")
endfunction()

function(drz_add_executable name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;DEPENDS")
  drz_resolve_dependencies(dependencies -1 ${arg_DEPENDS})
  add_executable(${name} ${arg_SOURCES})
  target_link_libraries(${name} PRIVATE drz_public ${dependencies})
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}")
  install(TARGETS ${name} RUNTIME)
endfunction()

function(drz_add_test_executable name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;DEPENDS;LABELS")
  drz_resolve_dependencies(dependencies -1 ${arg_DEPENDS})
  add_executable(${name} ${arg_SOURCES})
  set_property(GLOBAL APPEND PROPERTY DRZ_TEST_PROGRAMS ${name})
  target_link_libraries(${name} PRIVATE drz_harness drz_public ${dependencies} GTest::gtest GTest::gtest_main)
  # Tests read fixtures from the source tree and run the program from the build tree.
  target_compile_definitions(${name} PRIVATE
    DRZ_SOURCE_DIR="${PROJECT_SOURCE_DIR}" DRZ_BINARY_DIR="${PROJECT_BINARY_DIR}" DRZ_PROGRAM="${PROJECT_BINARY_DIR}/drizzle-audit")
  if(NOT arg_LABELS)
    set(arg_LABELS unit)
  endif()
  # Programs are asked for their tests when ctest starts, not after every link: linking stays quick.
  gtest_discover_tests(${name} DISCOVERY_MODE PRE_TEST TEST_PREFIX "${name}." PROPERTIES LABELS "${arg_LABELS}" TIMEOUT 300)
endfunction()
