/* SPDX-License-Identifier: MIT */
#ifndef TESTS_FOLDER_H
#define TESTS_FOLDER_H

/*
 * For tests that write files: a folder of their own, which is the working folder while they run and must hold nothing
 * but plain files and empty folders at the end; and a disk that fills up.
 */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <dirent.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cmocka.h>

#define in_a_folder(test) cmocka_unit_test_setup_teardown(test, folder_enter, folder_leave)

static inline int
folder_enter(void **state)
{
	char *folder = strcpy(test_malloc(64), "/tmp/terrier-test-XXXXXX");

	*state = folder;
	return mkdtemp(folder) == NULL || chdir(folder) != 0;
}

/* How many names are in the folder, hidden ones included. */
static inline int
folder_count(void)
{
	DIR *folder = opendir(".");
	int count = -2;

	while (readdir(folder) != NULL)
		count++;
	closedir(folder);
	return count;
}

static inline int
folder_leave(void **state)
{
	DIR *folder = opendir(".");
	const struct dirent *file;

	while ((file = readdir(folder)) != NULL)
		if (unlink(file->d_name) != 0)
			rmdir(file->d_name);
	closedir(folder);
	if (chdir("/") != 0 || rmdir(*state) != 0)
		return 1;
	test_free(*state);
	return 0;
}

/* From now on, files may not grow beyond so many bytes. It stands for a full disk, and needs no disk of its own. */
static inline void
folder_limit_files(rlim_t limit)
{
	struct rlimit limits = { limit, RLIM_INFINITY };

	signal(SIGXFSZ, SIG_IGN);
	setrlimit(RLIMIT_FSIZE, &limits);
}

#endif
