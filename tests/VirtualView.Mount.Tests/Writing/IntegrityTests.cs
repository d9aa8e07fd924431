namespace VirtualView.Mount.Tests.Writing;

/// <summary>Programs that look for lost and wrong bytes find none, in files that are new and in such of a source.</summary>
[Trait("Needs", "fuse")]
public sealed class IntegrityTests
{
    private const string SourceFiles = """
        mkdir -p "$SOURCE"/{0,1}; for t in 0 1; do for f in a b far; do head -c $((RANDOM * 12)) /dev/urandom > "$SOURCE/$t/$f"; done; done
        head -c 16M /dev/urandom > "$SOURCE/block"
        """;

    private const string Stressors =
        "--chmod 1 --copy-file 1 --dentry 1 --dir 1 --fallocate 1 --fcntl 1 --flock 1 --fpunch 1 --getdent 1 --hdd 1 --iomix 1 --link 1 --lockf 1 --mmap 1 --mmap-file --open 1 --rename 1 --seek 1 --symlink 1 --touch 1 --utime 1 --xattr 1";

    [Fact]
    public Task Several_processes_see_what_a_mirror_on_the_disk_has() => ExerciseAsync(steps: 600);

    [Fact]
    [Trait("Duration", "long")]
    public Task Several_processes_see_what_a_mirror_on_the_disk_has_for_long() => ExerciseAsync(steps: 60_000);

    [Theory]
    [InlineData(150)]
    [InlineData(3000, Explicit = true)]
    public async Task A_mapping_that_is_written_back_does_not_come_back_into_an_emptied_file(int rounds)
    {
        await using var view = await WritableView.StartAsync();
        await view.RunAsync($"""/usr/bin/python3 -B "$TESTS/truncation" "$MNT" {rounds}""");
    }

    [Fact]
    public async Task Another_user_sees_it_too()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root, to become another user");
        await using var view = await WritableView.StartAsync();
        await view.RunAsync("""
            mkdir -m 777 "$MNT/his"; chmod 755 "$DISK"; mkdir -m 777 mirror
            setpriv --reuid 65534 --regid 65534 --clear-groups /usr/bin/python3 -B "$TESTS/integrity" "$MNT/his" --mirror "$DISK/mirror" --steps 300
            """);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(120, Explicit = true)]
    public async Task Fio_verifies_what_it_wrote(int seconds)
    {
        await using var view = await WritableView.StartAsync(SourceFiles);
        await view.RunAsync($"""
            for engine in psync mmap libaio; do for file in new block; do
                case $engine in
                    psync) blocks="--bsrange=512-64k --bs_unaligned=1" ;;
                    mmap) blocks="--bsrange=4k-64k" ;; # whole pages
                    libaio) blocks="--bs=8k --iodepth=8" ;; # of blocks that overlap fio knows no order, on a disk neither
                esac
                fio --name=v --ioengine=$engine --filename="$MNT/$file" --rw=randrw $blocks --size=16M --verify=crc32c \
                    --verify_fatal=1 --fsync=50 --time_based=1 --runtime={seconds} --minimal > log 2>&1 || (cat log; exit 1)
            done; done
            """);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(120, Explicit = true)]
    public async Task The_stressors_of_file_systems_end_well(int seconds)
    {
        await using var view = await WritableView.StartAsync();
        await view.RunAsync($"""
            mkdir -m 777 "$MNT/stress"
            stress-ng {Stressors} --hdd-bytes 16M --fallocate-bytes 16M --iomix-bytes 16M --verify --timeout {seconds} --temp-path "$MNT/stress" > log 2>&1 || (cat log; exit 1)
            [ -z "$(ls -A "$MNT/stress")" ]
            """);
    }

    private static async Task ExerciseAsync(int steps)
    {
        await using var view = await WritableView.StartAsync(SourceFiles);
        await view.RunAsync($"""sha256sum "$SOURCE"/?/* > before; python3 -B "$TESTS/integrity" "$MNT" --steps {steps}; sha256sum --quiet -c before""");
    }
}
