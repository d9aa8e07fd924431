using VirtualView.Core.Paths;
using VirtualView.Fuse.Mounting;

namespace VirtualView.Fuse.Tests.Mounting;

public sealed class MountTableTests
{
    [Fact]
    public void A_mount_of_ours_is_known_by_its_type()
    {
        var entry = Assert.Single(MountTable.Parse("36 35 0:77 / /mnt/exp rw,nosuid shared:1 master:2 - fuse.virtualview virtualview rw,user_id=0\n"));
        Assert.Equal(new MountEntry("0:77", "/", "/mnt/exp", "fuse.virtualview", "virtualview") { UserId = 0 }, entry);
        Assert.True(entry.IsOurs);
    }

    [Theory]
    [InlineData("42 27 0:39 / /mnt/a rw,nosuid - fuse.virtualview virtualview rw", "0:39", "/mnt/a", "fuse.virtualview")]
    [InlineData("42 27 0:39 / /mnt/a rw shared:1 master:2 - ext4 /dev/x rw", "0:39", "/mnt/a", "ext4")]
    [InlineData(@"42 27 8:1 / /mnt/a\040b\134c\011d rw - fuse x rw", "8:1", "/mnt/a b\\c\td", "fuse")]
    public void A_line_is_read(string line, string device, string mountPoint, string type)
    {
        var entry = Assert.Single(MountTable.Parse(line));
        Assert.Equal((device, mountPoint, type), (entry.Device, entry.MountPoint, entry.Type));
    }

    [Fact]
    public void Others_are_not_ours()
    {
        var entries = MountTable.Parse("1 0 8:1 / / rw - ext4 /dev/sda1 rw\n2 1 0:40 / /home/virtualview rw - fuse.sshfs virtualview@host rw\n");
        Assert.Equal(2, entries.Length);
        Assert.DoesNotContain(entries, entry => entry.IsOurs);
    }

    [Fact]
    public void Blanks_backslashes_and_bytes_that_are_no_text_come_back()
    {
        var entry = Assert.Single(MountTable.Parse("36 35 0:77 / /mnt/a\\040b\\134c\u00ff rw - fuse.virtualview virtualview rw\n"));
        Assert.Equal("/mnt/a b\\c\u00ff", entry.MountPoint);
        Assert.Equal(0xFF, RawText.ToBytes(entry.MountPoint)[^1]);
    }

    [Fact]
    public void Of_two_mounts_on_one_point_the_later_is_seen() =>
        Assert.False(Assert.Single(MountTable.Parse("1 0 0:7 / /m rw - fuse.virtualview virtualview rw\n2 0 0:8 / /m rw - tmpfs tmpfs rw\n")).IsOurs);

    [Theory]
    [InlineData("")]
    [InlineData("1 2 3")]
    [InlineData("42 27 0:39 / /mnt/a rw,nosuid no separator here")]
    [InlineData("36 35 0:77 / /mnt/exp rw\n")]
    [InlineData("36 35 0:77 / /mnt/exp rw -\n")]
    public void A_line_that_is_none_is_passed_over(string text) => Assert.Empty(MountTable.Parse(text));

    [Fact]
    public void The_list_of_this_machine_is_read() => Assert.Contains(MountTable.Read(), entry => entry.MountPoint == "/proc");

    [Fact]
    public void The_root_is_mounted() => Assert.NotNull(MountTable.Find("/"));
}
