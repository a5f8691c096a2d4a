export type Status = 'pending' | 'paid' | 'shipped';
export type Inner = { mode: 'light' | 'dark'; inner?: Inner };
export enum Kind { Slow = 1, Fast = 2 }
export default interface Whatever { what: string }
