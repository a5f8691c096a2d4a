export * from './more';
export type { Inner as Everything } from './more';
export { Kind as Shipping } from './more';
