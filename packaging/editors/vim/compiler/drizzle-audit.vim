" Vim and Neovim compiler plugin for drizzle-audit: :compiler drizzle-audit, then :make
if exists('current_compiler')
  finish
endif
let current_compiler = 'drizzle-audit'

if exists(':CompilerSet') != 2
  command -nargs=* CompilerSet setlocal <args>
endif

" The project's own program where there is one.
if executable('node_modules/.bin/drizzle-audit')
  CompilerSet makeprg=node_modules/.bin/drizzle-audit\ check\ --format\ concise\ $*
else
  CompilerSet makeprg=drizzle-audit\ check\ --format\ concise\ $*
endif

" %t takes one letter: e, w or i. Lines of its own ("drizzle-audit: ...") are no places.
CompilerSet errorformat=%f:%l:%c:\ %trror:\ %m,%f:%l:%c:\ %tarning:\ %m,%f:%l:%c:\ %tnfo:\ %m,%-Gdrizzle-audit:\ %m,%-Ghelp:\ %m
