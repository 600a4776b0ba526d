/* SPDX-License-Identifier: MIT */
#include "core/progress.h"

#include <stdio.h>
#include <time.h>

#include "core/text.h"

enum { SURE_MS = 2000, LONG_S = 120 };

int64_t
progress_clock_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Time left is said in seconds, from two minutes on in minutes. */
static void
write_left(int64_t left_s, char words[PROGRESS_WORDS_SIZE])
{
	char number[TEXT_NUMBER_SIZE];
	bool minutes = left_s >= LONG_S;

	snprintf(words, PROGRESS_WORDS_SIZE, "about %s %s left",
		 text_number(minutes ? left_s / 60 : left_s, number), minutes ? "min" : "s");
}

void
progress_words(int64_t done, int64_t total, int64_t rows, int64_t elapsed_ms,
	       char words[PROGRESS_WORDS_SIZE])
{
	char left[PROGRESS_WORDS_SIZE] = "", rate[TEXT_NUMBER_SIZE], number[TEXT_NUMBER_SIZE];
	bool sure = elapsed_ms >= SURE_MS;

	if (sure && done > 0 && done <= total)
		write_left(elapsed_ms * (total - done) / done / 1000 + 1, left);
	if (rows <= 0)
		snprintf(words, PROGRESS_WORDS_SIZE, "%s", left);
	else if (!sure)
		snprintf(words, PROGRESS_WORDS_SIZE, "%s rows", text_number(rows, number));
	else
		snprintf(words, PROGRESS_WORDS_SIZE, "%s rows, %s a second%s%.40s",
			 text_number(rows, number), text_number(rows * 1000 / elapsed_ms, rate),
			 *left != '\0' ? ", " : "", left);
}
