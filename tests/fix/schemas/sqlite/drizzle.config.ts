export default { dialect: 'sqlite', schema: './schema.ts' };
