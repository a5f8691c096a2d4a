;;; drizzle-audit.el --- Findings of drizzle-audit in compilation buffers  -*- lexical-binding: t; -*-

;;; Commentary:

;; (load "…/drizzle-audit.el"), then M-x drizzle-audit in a project, or M-x compile with "drizzle-audit --format concise".

;;; Code:

(require 'compile)

(add-to-list 'compilation-error-regexp-alist-alist
             ;; Severity: group 4 matches warnings, group 5 infos.
             '(drizzle-audit
               "^\\(.+?\\):\\([0-9]+\\):\\([0-9]+\\): \\(?:error\\|\\(warning\\)\\|\\(info\\)\\): .+ \\[[a-z0-9-]+\\]$"
               1 2 3 (4 . 5)))
(add-to-list 'compilation-error-regexp-alist 'drizzle-audit)

;;;###autoload
(defun drizzle-audit ()
  "Audit the Drizzle schema of the project that holds this buffer."
  (interactive)
  (let* ((default-directory (or (locate-dominating-file default-directory "package.json") default-directory))
         (own (expand-file-name "node_modules/.bin/drizzle-audit"))
         (program (if (file-executable-p own) (shell-quote-argument own) "drizzle-audit")))
    (compilation-start (concat program " check --format concise"))))

(provide 'drizzle-audit)
;;; drizzle-audit.el ends here
