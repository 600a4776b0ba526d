/* SPDX-License-Identifier: MIT */
#include "commands/template.h"

#include <string.h>

#include "commands/output.h"
#include "export/form.h"

static const struct field *const *
stored_fields(const struct entity *entity, struct arena *arena, int *count)
{
	const struct field **fields = arena_alloc(arena,
						  (size_t)entity->field_count * sizeof *fields);

	*count = 0;
	for each_field(field, entity->fields)
		if (field_is_given(field))
			fields[(*count)++] = field;
	return fields;
}

static bool
ends_with(const char *path, const char *ending)
{
	size_t length = strlen(path), size = strlen(ending);

	return length > size && text_same(path + length - size, ending);
}

static bool
write_file(const struct form *form, const char *path, struct error *error)
{
	bool workbook = ends_with(path, ".xlsx");

	if (workbook || ends_with(path, ".csv"))
		return (workbook ? form_write_workbook(form, path, false, error)
				 : form_write_csv(form, path, false, error)) ||
		       (error->kind == ERROR_CONFLICT &&
			error_set(error, ERROR_CONFLICT,
				  "'%.400s' exists and was left alone: give another name for the "
				  "form.",
				  path));
	return error_set(error, ERROR_USAGE,
			 "The ending of '%.400s' does not say in which format to write: end the "
			 "name with .csv or .xlsx.",
			 path);
}

bool
template_write(const struct session *session, const struct entity *entity, const char *path,
	       struct reply *reply, struct error *error)
{
	struct arena arena = { 0 };
	struct form form = { .title = entity->titles,
			     .marking = session->marking,
			     .created = session->now };
	bool done;

	form.fields = stored_fields(entity, &arena, &form.field_count);
	if (path != NULL)
		done = write_file(&form, path, error);
	else
		done = reply->data.write == NULL || form_send_csv(&form, &reply->data, error);
	if (done && path != NULL)
		output_say_where(reply, arena_format(&arena, "a form for %s", entity->plural),
				 path);
	arena_free(&arena);
	return done;
}
