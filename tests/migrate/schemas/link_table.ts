import { index, integer, pgTable, primaryKey, serial, text } from 'drizzle-orm/pg-core';

export const students = pgTable('students', { id: serial('id').primaryKey(), name: text('name') });
export const courses = pgTable('courses', { id: serial('id').primaryKey(), title: text('title') });
export const enrolments = pgTable('enrolments', {
  studentId: integer('student_id').notNull().references(() => students.id, { onDelete: 'cascade' }),
  courseId: integer('course_id').notNull().references(() => courses.id, { onDelete: 'cascade' }),
}, (t) => [
  index('enrolments_course_id_idx').on(t.courseId),
  //+ primaryKey({ columns: [t.studentId, t.courseId] }),
]);
