export default { dialect: 'mysql', schema: './schema.ts' };
