import {
  type AnyMySqlColumn,
  bigint,
  boolean,
  decimal,
  index,
  int,
  json,
  mysqlEnum,
  mysqlTable,
  primaryKey,
  text,
  timestamp,
  unique,
  uniqueIndex,
  varchar,
} from "drizzle-orm/mysql-core";

export const clinics = mysqlTable("clinics", {
  id: bigint("id", { mode: "bigint", unsigned: true }).primaryKey().autoincrement(),
  name: varchar("name", { length: 120 }).notNull(),
  slug: varchar("slug", { length: 80 }).notNull().unique(),
  createdAt: timestamp("created_at").notNull().defaultNow(),
});

export const staff = mysqlTable(
  "staff",
  {
    id: bigint("id", { mode: "bigint", unsigned: true }).primaryKey().autoincrement(),
    clinicId: bigint("clinic_id", { mode: "bigint", unsigned: true }).notNull().references(() => clinics.id, { onDelete: "cascade" }),
    managerId: bigint("manager_id", { mode: "bigint", unsigned: true }).references((): AnyMySqlColumn => staff.id),
    email: varchar("email", { length: 190 }).notNull(),
    role: mysqlEnum("role", ["doctor", "nurse", "clerk"]).notNull(),
    createdAt: timestamp("created_at").notNull().defaultNow(),
  },
  (t) => [unique("staff_clinic_id_email_key").on(t.clinicId, t.email)],
);

export const patients = mysqlTable(
  "patients",
  {
    id: bigint("id", { mode: "bigint", unsigned: true }).primaryKey().autoincrement(),
    clinicId: bigint("clinic_id", { mode: "bigint", unsigned: true }).notNull().references(() => clinics.id, { onDelete: "cascade" }),
    email: varchar("email", { length: 190 }).notNull(),
    notes: text("notes"),
    active: boolean("active").notNull().default(true),
    createdAt: timestamp("created_at").notNull().defaultNow(),
  },
  (t) => [uniqueIndex("patients_clinic_id_email_key").on(t.clinicId, t.email)],
);

export const treatments = mysqlTable(
  "treatments",
  {
    id: bigint("id", { mode: "bigint", unsigned: true }).primaryKey().autoincrement(),
    clinicId: bigint("clinic_id", { mode: "bigint", unsigned: true }).notNull().references(() => clinics.id, { onDelete: "cascade" }),
    code: varchar("code", { length: 40 }).notNull(),
    title: varchar("title", { length: 160 }).notNull(),
    price: decimal("price", { precision: 10, scale: 2 }).notNull(),
  },
  (t) => [unique("treatments_clinic_id_code_key").on(t.clinicId, t.code)],
);

export const appointments = mysqlTable(
  "appointments",
  {
    id: bigint("id", { mode: "bigint", unsigned: true }).primaryKey().autoincrement(),
    clinicId: bigint("clinic_id", { mode: "bigint", unsigned: true }).notNull().references(() => clinics.id, { onDelete: "cascade" }),
    patientId: bigint("patient_id", { mode: "bigint", unsigned: true }).notNull().references(() => patients.id),
    staffId: bigint("staff_id", { mode: "bigint", unsigned: true }).references(() => staff.id, { onDelete: "set null" }),
    status: mysqlEnum("status", ["planned", "done", "missed"]).notNull().default("planned"),
    startsAt: timestamp("starts_at").notNull(),
    createdAt: timestamp("created_at").notNull().defaultNow(),
  },
  (t) => [index("appointments_starts_at_idx").on(t.clinicId, t.startsAt)],
);

export const appointmentTreatments = mysqlTable(
  "appointment_treatments",
  {
    appointmentId: bigint("appointment_id", { mode: "bigint", unsigned: true }).notNull().references(() => appointments.id, { onDelete: "cascade" }),
    treatmentId: bigint("treatment_id", { mode: "bigint", unsigned: true }).notNull().references(() => treatments.id),
    quantity: int("quantity").notNull().default(1),
  },
  (t) => [primaryKey({ columns: [t.appointmentId, t.treatmentId] })],
);

export const invoices = mysqlTable(
  "invoices",
  {
    id: bigint("id", { mode: "bigint", unsigned: true }).primaryKey().autoincrement(),
    clinicId: bigint("clinic_id", { mode: "bigint", unsigned: true }).notNull().references(() => clinics.id, { onDelete: "cascade" }),
    appointmentId: bigint("appointment_id", { mode: "bigint", unsigned: true }).notNull().unique().references(() => appointments.id),
    invoiceNumber: varchar("invoice_number", { length: 40 }).notNull(),
    total: decimal("total", { precision: 10, scale: 2 }).notNull(),
    details: json("details").$type<{ printedBy: string }>(),
    createdAt: timestamp("created_at").notNull().defaultNow(),
  },
  (t) => [unique("invoices_clinic_id_invoice_number_key").on(t.clinicId, t.invoiceNumber)],
);

export const invoiceLines = mysqlTable("invoice_lines", {
  id: bigint("id", { mode: "bigint", unsigned: true }).primaryKey().autoincrement(),
  invoiceId: bigint("invoice_id", { mode: "bigint", unsigned: true }).notNull().references(() => invoices.id, { onDelete: "cascade" }),
  treatmentId: bigint("treatment_id", { mode: "bigint", unsigned: true }).notNull().references(() => treatments.id),
  amount: decimal("amount", { precision: 10, scale: 2 }).notNull(),
});
