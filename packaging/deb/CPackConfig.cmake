# A Debian package of the files in $ENV{DRZ_STAGE}, whatever they are. Run by packaging/deb/build, which gives the variables DRZ_… of the environment.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME drizzle-audit)
set(CPACK_PACKAGE_VERSION "$ENV{DRZ_VERSION}")
set(CPACK_PACKAGE_CONTACT "drizzle-audit <drizzle-audit@users.noreply.github.com>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "static analyser for Drizzle ORM schemas")
set(CPACK_PACKAGE_DESCRIPTION "${CPACK_PACKAGE_DESCRIPTION_SUMMARY}")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION "Reads the TypeScript of a schema without running it, builds the model that
drizzle-orm would build, and reports what is missing, contradictory or
silently dropped in it. One static program; needs neither Node.js nor a
database.")
set(CPACK_DEBIAN_PACKAGE_SECTION devel)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_ARCHITECTURE "$ENV{DRZ_ARCHITECTURE}")
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "git")
set(CPACK_DEBIAN_PACKAGE_DEPENDS "")
set(CPACK_PACKAGE_FILE_NAME "drizzle-audit_$ENV{DRZ_VERSION}_$ENV{DRZ_ARCHITECTURE}")
set(CPACK_DEBIAN_FILE_NAME "${CPACK_PACKAGE_FILE_NAME}.deb")
set(CPACK_PACKAGE_DIRECTORY "$ENV{DRZ_OUTPUT}")
set(CPACK_INSTALLED_DIRECTORIES "$ENV{DRZ_STAGE};/")
set(CPACK_PACKAGING_INSTALL_PREFIX "/")
