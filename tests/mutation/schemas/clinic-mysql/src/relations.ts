import { relations } from "drizzle-orm";
import {
  appointmentTreatments,
  appointments,
  clinics,
  invoiceLines,
  invoices,
  patients,
  staff,
  treatments,
} from "./schema";

export const clinicsRelations = relations(clinics, ({ many }) => ({
  staff: many(staff),
  patients: many(patients),
  treatments: many(treatments),
  appointments: many(appointments),
  invoices: many(invoices),
}));

export const staffRelations = relations(staff, ({ one, many }) => ({
  clinic: one(clinics, { fields: [staff.clinicId], references: [clinics.id] }),
  manager: one(staff, { fields: [staff.managerId], references: [staff.id], relationName: "tree" }),
  children: many(staff, { relationName: "tree" }),
  appointments: many(appointments),
}));

export const patientsRelations = relations(patients, ({ one, many }) => ({
  clinic: one(clinics, { fields: [patients.clinicId], references: [clinics.id] }),
  appointments: many(appointments),
}));

export const treatmentsRelations = relations(treatments, ({ one, many }) => ({
  clinic: one(clinics, { fields: [treatments.clinicId], references: [clinics.id] }),
  appointmentTreatments: many(appointmentTreatments),
  invoiceLines: many(invoiceLines),
}));

export const appointmentsRelations = relations(appointments, ({ one, many }) => ({
  clinic: one(clinics, { fields: [appointments.clinicId], references: [clinics.id] }),
  patient: one(patients, { fields: [appointments.patientId], references: [patients.id] }),
  staff: one(staff, { fields: [appointments.staffId], references: [staff.id] }),
  appointmentTreatments: many(appointmentTreatments),
  invoice: one(invoices),
}));

export const appointmentTreatmentsRelations = relations(appointmentTreatments, ({ one }) => ({
  appointment: one(appointments, { fields: [appointmentTreatments.appointmentId], references: [appointments.id] }),
  treatment: one(treatments, { fields: [appointmentTreatments.treatmentId], references: [treatments.id] }),
}));

export const invoicesRelations = relations(invoices, ({ one, many }) => ({
  clinic: one(clinics, { fields: [invoices.clinicId], references: [clinics.id] }),
  appointment: one(appointments, { fields: [invoices.appointmentId], references: [appointments.id] }),
  invoiceLines: many(invoiceLines),
}));

export const invoiceLinesRelations = relations(invoiceLines, ({ one }) => ({
  invoice: one(invoices, { fields: [invoiceLines.invoiceId], references: [invoices.id] }),
  treatment: one(treatments, { fields: [invoiceLines.treatmentId], references: [treatments.id] }),
}));
