/* Makes, looks at or removes many small files, with no more than the calls for it.
 *   small_files create|stat|unlink FOLDER COUNT     prints the seconds that the calls took */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static const char content[] = "the few bytes of a small file\n";

static int create(const char *path)
{
    int file = open(path, O_CREAT | O_EXCL | O_WRONLY, 0644);
    if (file < 0) return -1;
    if (write(file, content, sizeof content - 1) != (ssize_t)(sizeof content - 1)) return -1;
    return close(file);
}

static int look(const char *path)
{
    struct stat status;
    if (stat(path, &status) != 0) return -1;
    return status.st_size == (off_t)(sizeof content - 1) ? 0 : -1;
}

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

int main(int count, char **words)
{
    if (count != 4) return 2;
    int (*call)(const char *) = strcmp(words[1], "create") == 0 ? create : strcmp(words[1], "stat") == 0 ? look : unlink;
    long files = strtol(words[3], NULL, 10);
    double began = now();
    for (long number = 0; number < files; number++) {
        char path[4096];
        snprintf(path, sizeof path, "%s/file-%06ld", words[2], number);
        if (call(path) != 0) {
            perror(path);
            return 1;
        }
    }
    printf("%.6f\n", now() - began);
    return 0;
}
