using VirtualView.Testing.Processes;

namespace VirtualView.Mount.Tests.Writing;

/// <summary>Tools that write files do in a view what they do on a disk.</summary>
[Trait("Needs", "fuse")]
public sealed class WritingToolsTests
{
    private const string Repository = """
        git init -q work; cd work; git config user.email a@b; git config user.name a
        for i in $(seq 40); do printf 'int f%d(void) { return %d; }\n' $i $i > f$i.c; done
        { seq -f 'int f%g(void);' 40; echo 'int main(void) { return f40() - 40; }'; } > main.c
        printf 'main: $(patsubst %%.c,%%.o,$(wildcard *.c))\n\tcc -o $@ $^\n' > Makefile
        git add .; git commit -qm one; git clone -q --bare . "$SOURCE/project.git"
        """;

    private const string Tree = """
        mkdir -p tree/deep/er; cd tree; head -c 300001 /dev/urandom > deep/data; truncate -s 5M deep/sparse; printf end >> deep/sparse
        echo odd > $'new\nline'; ln deep/data hard; ln -s deep/data link; mkfifo fifo; : > none; chmod 640 none; chmod 2755 deep
        setfattr -n user.note -v text deep/data; setfattr -n user.of -v folder deep
        find . -depth -exec touch -h -d '2021-02-03 04:05:06.123456789' {} +
        """;

    private const string List = """
        list() { (cd "$1"; find . -mindepth 1 -type d -printf '%y %m %n %T@ %p\0' -o -mindepth 1 -printf '%y %m %n %s %T@ %l %p\0' | sort -z; find . -type f -print0 | sort -z | xargs -0 sha256sum --; getfattr -R -h -d -m user.note .); }
        same() { diff <(list "$1" | tr "\\0" "\\n") <(list "$2" | tr "\\0" "\\n"); }

        """;

    [Fact]
    public async Task Git_clones_collects_and_checks_and_a_project_is_built()
    {
        await using var view = await WritableView.StartAsync(Repository);
        await view.RunAsync("""
            git config --global safe.directory '*'
            cd "$MNT"; git clone -q project.git mine; cd mine
            git gc -q; git fsck --full --strict; make -sj2; ./main; git diff --exit-code
            git config user.email a@b; git config user.name a; echo '/* more */' >> main.c; git commit -qam two; git push -q origin HEAD
            cd ../project.git; git gc -q --prune=now; git fsck --full --strict
            git clone -q "$MNT/project.git" "$DISK/again"; cmp "$DISK/again/main.c" "$MNT/mine/main.c"
            """);
    }

    [Theory]
    [InlineData("rsync -aXH \"$DISK/tree/\" \"$MNT/there/\"; rsync -aXH \"$MNT/there/\" back/")]
    [InlineData("cp -a --reflink=auto tree \"$MNT/there\"; cp -a --reflink=auto \"$MNT/there\" back")]
    [InlineData("mkdir \"$MNT/there\" back; tar -cSf - --xattrs -C tree . | tar -xSf - --xattrs -C \"$MNT/there\"; tar -cSf - --xattrs -C \"$MNT/there\" . | tar -xSf - --xattrs -C back")]
    public async Task A_tree_comes_there_and_back_as_it_was(string copying)
    {
        await using var view = await WritableView.StartAsync();
        await view.RunAsync($"({Tree})\n{List}{copying}\nsame tree \"$MNT/there\"; same tree back");
    }

    [Fact]
    public async Task Editors_that_replace_a_file_change_that_of_a_source_only_in_the_view()
    {
        await using var view = await WritableView.StartAsync("""printf 'one\ntwo\n' > "$SOURCE/a"; cp "$SOURCE/a" "$SOURCE/b"; cp "$SOURCE/a" "$SOURCE/c" """);
        await view.RunAsync("""
            cd "$MNT"; sed -i 's/one/1/' a; [ "$(cat a)" = $'1\ntwo' ]
            # As vim saves: the old one aside, a new one in its place, written and synced.
            mv b b~; printf 'new\n' > b; sync b; rm b~; [ "$(cat b)" = new ]
            printf 'newer\n' > .c.tmp; sync .c.tmp; mv .c.tmp c; [ "$(cat c)" = newer ]; [ "$(ls -A)" = $'a\nb\nc' ]
            for f in a b c; do [ "$(cat "$SOURCE/$f")" = $'one\ntwo' ]; done
            """);
    }

    [Fact]
    public async Task A_copy_of_a_file_that_somebody_has_mapped_has_what_he_wrote()
    {
        await using var view = await WritableView.StartAsync();
        await view.RunAsync("""
            python3 -c 'if True:
                import mmap, os, sys
                fd = os.open(sys.argv[1], os.O_RDWR | os.O_CREAT)
                os.ftruncate(fd, 1 << 22)
                mapped = mmap.mmap(fd, 1 << 22)
                mapped[3000000:3000004] = b"data"
                other = os.open(sys.argv[1], os.O_RDONLY)
                found = os.lseek(other, 0, os.SEEK_DATA)
                assert found <= 3000000 < os.lseek(other, found, os.SEEK_HOLE), found' "$MNT/mapped"
            """);
    }

    [Fact]
    public async Task Many_processes_agree_by_lock_files_and_locks()
    {
        await using var view = await WritableView.StartAsync("head -c 10M /dev/urandom > \"$SOURCE/raw\"");
        var said = await view.RunAsync("""
            cat > work.py <<'E'
            import fcntl, os, random, sys, time
            folder, ways, kinds = sys.argv[1], {}, random.Random(int(sys.argv[2]))
            os.chdir(folder)

            def add(fd):
                os.pwrite(fd, b"%09d" % (int(os.pread(fd, 9, 0) or b"0") + 1), 0)

            def turn(name):
                "One addition under one kind of lock; False if another has it."
                way = hash(name) % 3
                count = os.open(f"count{way}", os.O_RDWR | os.O_CREAT)
                try:
                    if way == 0:
                        os.close(os.open("count.lock", os.O_CREAT | os.O_EXCL | os.O_WRONLY))
                        os.chmod("count.lock", 0o444)
                        add(count)
                        os.unlink("count.lock")
                    elif way == 1:
                        fcntl.flock(count, fcntl.LOCK_EX | fcntl.LOCK_NB)
                        add(count)
                    else:
                        fcntl.lockf(count, fcntl.LOCK_EX | fcntl.LOCK_NB, 8, 1 << 30)
                        add(count)
                        os.fdatasync(count)
                    return True
                except (BlockingIOError, FileExistsError):
                    return False
                finally:
                    os.close(count)

            for number in range(331):
                while not turn(number):
                    os.sched_yield()
                raw = os.open("raw", os.O_RDWR)
                os.pwrite(raw, sys.argv[2].encode(), number * 8 + int(sys.argv[2]))
                os.close(raw)
            E
            for i in 1 2 3 4; do python3 work.py "$MNT" $i & pids+=($!); done; for pid in "${pids[@]}"; do wait $pid; done
            cat "$MNT"/count?; ls "$MNT"; head -c 40 "$MNT/raw" | tail -c +2 | head -c 4
            cmp <(tail -c +3000 "$MNT/raw") <(tail -c +3000 "$SOURCE/raw")
            """);
        // 331 turns of each of the four: 111, 110 and 110 by the three kinds of lock.
        Assert.StartsWith("000000444000000440000000440", said, StringComparison.Ordinal);
        Assert.EndsWith("count0\ncount1\ncount2\nraw\n1234", said, StringComparison.Ordinal);
    }
}
