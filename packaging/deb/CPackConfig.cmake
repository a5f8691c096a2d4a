# A Debian package of the files in ${DRZ_STAGE}, whatever they are. Run by packaging/deb/build, which gives the variables DRZ_….
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME drizzle-audit)
set(CPACK_PACKAGE_VERSION "${DRZ_VERSION}")
set(CPACK_PACKAGE_CONTACT "drizzle-audit <drizzle-audit@users.noreply.github.com>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "static analyser for Drizzle ORM schemas")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION "static analyser for Drizzle ORM schemas
 Reads the TypeScript of a schema without running it, builds the model that
 drizzle-orm would build, and reports what is missing, contradictory or
 silently dropped in it. One static program; needs neither Node.js nor a
 database.")
set(CPACK_DEBIAN_PACKAGE_SECTION devel)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_ARCHITECTURE "${DRZ_ARCHITECTURE}")
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "git")
set(CPACK_DEBIAN_PACKAGE_DEPENDS "")
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_PACKAGE_DIRECTORY "${DRZ_OUTPUT}")
set(CPACK_INSTALLED_DIRECTORIES "${DRZ_STAGE};/")
set(CPACK_PACKAGING_INSTALL_PREFIX "/")
