export interface Settings {
	theme: 'light' | 'dark';
	locale?: string;
	limits: { orders: number; users: number | null };
}
