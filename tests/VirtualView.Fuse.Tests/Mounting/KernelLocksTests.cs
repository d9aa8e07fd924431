using VirtualView.Fuse.Mounting;

namespace VirtualView.Fuse.Tests.Mounting;

public sealed class KernelLocksTests
{
    private const string List = """
        1: FLOCK  ADVISORY  WRITE 5470 00:2f:11 0 EOF
        2: POSIX  ADVISORY  WRITE 27835 00:2f:12 128 128
        2: -> POSIX  ADVISORY  WRITE 27836 00:2f:12 128 128
        3: OFDLCK ADVISORY  WRITE -1 00:2f:18446744073709551615 0 EOF
        4: FLOCK  ADVISORY  WRITE 5470 fe:00:14 0 EOF
        6: FLOCK  ADVISORY  READ 5470 00:2f:16 0 EOF
        5: LEASE  ACTIVE    READ  5470 00:2f:15 0 EOF
        nothing that anyone knows

        """;

    [Fact]
    public void Exclusive_locks_of_each_kind_on_the_files_of_the_mount_are_found() =>
        Assert.Equal([11UL, 12UL, ulong.MaxValue], KernelLocks.Parse(List, "0:47").Order());

    [Theory]
    [InlineData("254:0", 1)]
    [InlineData("0:48", 0)]
    [InlineData("", 0)]
    public void Locks_of_another_device_are_not_meant(string device, int files) => Assert.Equal(files, KernelLocks.Parse(List, device).Count);
}
