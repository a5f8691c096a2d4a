# Emscripten (Debian's package emscripten): the settings that it brings itself.
find_program(DRZ_EM_CONFIG NAMES em-config REQUIRED)
execute_process(COMMAND "${DRZ_EM_CONFIG}" EMSCRIPTEN_ROOT OUTPUT_VARIABLE root OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
include("${root}/cmake/Modules/Platform/Emscripten.cmake")
# The linker's JavaScript tools need acorn. Debian keeps it where only Debian's own Node.js looks.
set_property(GLOBAL PROPERTY RULE_LAUNCH_LINK "${CMAKE_COMMAND} -E env NODE_PATH=/usr/share/nodejs")
