// eslint-plugin-drizzle's recommended rules on TypeScript, nothing else.
import parser from '@typescript-eslint/parser';
import drizzle from 'eslint-plugin-drizzle';

export default [
	{
		files: ['**/*.ts', '**/*.tsx'],
		languageOptions: { parser, parserOptions: { ecmaFeatures: { jsx: true } } },
		plugins: { drizzle },
		rules: { ...drizzle.configs.recommended.rules },
	},
];
