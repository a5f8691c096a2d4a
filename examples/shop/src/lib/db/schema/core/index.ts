export * from './enums';
export * from './users';
export * from './stores';
export * from './store-members';
export * from './store-customers';
export * from './addresses';
export * from './pages';
export * from './audit-log';
