using VirtualView.Core.Outcomes;
using VirtualView.Fuse.Errors;

namespace VirtualView.Fuse.Tests.Errors;

public sealed class ErrnoMapTests
{
    private static readonly FileSystemError[] Failures =
        [.. Enum.GetValues<FileSystemError>().Where(error => error != FileSystemError.None)];

    [Fact]
    public void Every_failure_has_an_errno() => Assert.All(Failures, error => Assert.InRange(ErrnoMap.Of(error), 1, 133));

    [Fact]
    public void No_failure_switches_an_operation_off_for_the_whole_mount() =>
        Assert.DoesNotContain(Errno.ENOSYS, Failures.Select(ErrnoMap.Of));

    [Theory]
    [InlineData(FileSystemError.None)]
    [InlineData((FileSystemError)1000)]
    public void What_is_no_failure_has_none(FileSystemError error) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ErrnoMap.Of(error));

    [Theory]
    [InlineData(FileSystemError.Unreachable, 5)]
    [InlineData(FileSystemError.Corrupt, 5)]
    [InlineData(FileSystemError.Internal, 5)]
    [InlineData(FileSystemError.TimedOut, 110)]
    [InlineData(FileSystemError.Stale, 116)]
    [InlineData(FileSystemError.Interrupted, 4)]
    [InlineData(FileSystemError.NotFound, 2)]
    [InlineData(FileSystemError.ReadOnly, 30)]
    [InlineData(FileSystemError.NoAttribute, 61)]
    [InlineData(FileSystemError.AccessDenied, 13)]
    public void Programs_see_the_errno_they_expect(FileSystemError error, int errno) => Assert.Equal(errno, ErrnoMap.Of(error));
}
