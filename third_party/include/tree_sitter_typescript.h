/* The entry points of the two TypeScript grammars. The npm package ships no C header, so they are declared here. */
#pragma once

#include <tree_sitter/api.h>

#ifdef __cplusplus
extern "C" {
#endif

/* .ts, .mts, .cts, .js … */
const TSLanguage* tree_sitter_typescript(void);
/* .tsx, .jsx */
const TSLanguage* tree_sitter_tsx(void);

#ifdef __cplusplus
}
#endif
