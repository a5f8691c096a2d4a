export * from './core';
export * from './ecommerce';
