using VirtualView.Fuse.Mounting;

namespace VirtualView.Fuse.Tests.Mounting;

public sealed class MountTableTests
{
    [Theory]
    [InlineData("42 27 0:39 / /mnt/a rw,nosuid - fuse.virtualview virtualview rw", "0:39", "/mnt/a", "fuse.virtualview")]
    [InlineData("42 27 0:39 / /mnt/a rw shared:1 master:2 - ext4 /dev/x rw", "0:39", "/mnt/a", "ext4")]
    [InlineData(@"42 27 8:1 / /mnt/a\040b\134c\011d rw - fuse x rw", "8:1", "/mnt/a b\\c\td", "fuse")]
    public void A_line_is_read(string line, string device, string mountPoint, string kind) =>
        Assert.Equal(new MountEntry(device, mountPoint, kind), MountTable.Parse(line));

    [Theory]
    [InlineData("")]
    [InlineData("1 2 3")]
    [InlineData("42 27 0:39 / /mnt/a rw,nosuid no separator here")]
    [InlineData("42 27 0:39 / /mnt/a rw -")]
    public void What_is_no_line_is_passed_over(string line) => Assert.Null(MountTable.Parse(line));

    [Fact]
    public void The_root_is_mounted() => Assert.NotNull(MountTable.Find("/"));
}
