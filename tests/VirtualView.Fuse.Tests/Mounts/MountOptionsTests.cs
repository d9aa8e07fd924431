namespace VirtualView.Fuse.Tests.Mounts;

public sealed class MountOptionsTests
{
    private static readonly FuseMountOptions Good = new() { MountPoint = "/mnt" };

    [Fact]
    public void The_defaults_are_within_bounds() => Good.Validate();

    [Fact]
    public void What_is_out_of_bounds_is_refused()
    {
        FuseMountOptions[] bad =
        [
            Good with { MountPoint = "" }, Good with { FileSystemName = "a,allow_other" }, Good with { Subtype = "" },
            Good with { ReaderThreads = 0 }, Good with { ReaderThreads = 65 }, Good with { MaxReadBytes = 5000 },
            Good with { MaxReadBytes = 2 << 20 }, Good with { ReadAheadKiB = -1 }, Good with { EntryTtl = TimeSpan.FromSeconds(-1) },
        ];
        Assert.All(bad, options => Assert.ThrowsAny<ArgumentException>(options.Validate));
    }
}
