const orderStatus = 'as the customer calls it';

export type TicketPriority = 'low' | 'normal';
export type Ticket = { id: string; orderId: string; subject: number; priority: string };
export interface TicketOrder { orderId: string; status: 'pending' | 'shipped' }
export const title = (ticket: Ticket) => `${orderStatus}: ${ticket.subject}`;
