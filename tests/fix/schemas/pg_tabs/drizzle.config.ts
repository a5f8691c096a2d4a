export default { dialect: 'postgresql', schema: './schema.ts' };
