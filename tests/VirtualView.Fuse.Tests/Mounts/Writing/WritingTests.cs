using VirtualView.Testing.Processes;

namespace VirtualView.Fuse.Tests.Mounts.Writing;

[Trait("Needs", "fuse")]
public sealed class WritingTests(WritableHostFixture fixture) : IClassFixture<WritableHostFixture>
{
    private Host Host => fixture.Host;

    [Fact]
    public async Task A_name_that_appeared_unseen_is_opened_and_not_replaced_by_who_would_create_it()
    {
        Assert.False(File.Exists(Host.At("raced"))); // the kernel remembers that it is absent
        await Host.SendAsync("make raced 644");
        Assert.Equal(0, (await ShellAsync("printf ', and more' >> raced")).ExitCode);
        Assert.Equal("there already, and more", (await ShellAsync("cat raced")).Text);
    }

    [Fact]
    public async Task A_name_that_appeared_unseen_is_truncated_by_who_asks_for_that()
    {
        Assert.False(File.Exists(Host.At("raced-short")));
        await Host.SendAsync("make raced-short 644");
        Assert.Equal(0, (await ShellAsync("printf x > raced-short")).ExitCode);
        Assert.Equal("x", (await ShellAsync("cat raced-short")).Text);
    }

    [Fact]
    public async Task A_name_that_appeared_unseen_is_there_for_who_must_make_it_anew()
    {
        Assert.False(File.Exists(Host.At("raced-new")));
        await Host.SendAsync("make raced-new 644");
        const string script = "import os,sys; os.open(sys.argv[1], os.O_CREAT|os.O_EXCL|os.O_WRONLY)";
        Assert.Contains("FileExistsError", (await Command.RunAsync("python3", "-c", script, Host.At("raced-new"))).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_appeared_unseen_keeps_its_permissions()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root may act as another user");
        Assert.False(File.Exists(Host.At("raced-locked")));
        await Host.SendAsync("make raced-locked 600");
        const string script = "import os,sys; os.seteuid(12345); os.open(sys.argv[1], os.O_CREAT|os.O_RDWR)";
        Assert.Contains("PermissionError", (await Command.RunAsync("python3", "-c", script, Host.At("raced-locked"))).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Large_writes_come_a_mebibyte_at_a_time()
    {
        var before = await Host.CountAsync("Write");
        Assert.Equal(0, (await ShellAsync("dd if=/dev/zero of=large bs=1M count=8")).ExitCode);
        Assert.Equal(8, await Host.CountAsync("Write") - before);
    }

    [Fact]
    public async Task A_close_asks_only_where_something_may_have_been_written()
    {
        await ShellAsync("printf x > closed");
        var before = await Host.CountAsync("Flush");
        await ShellAsync("cat closed");
        Assert.Equal(before, await Host.CountAsync("Flush"));
        await ShellAsync("printf y >> closed");
        Assert.True(await Host.CountAsync("Flush") > before);
    }

    [Fact]
    public async Task A_tree_is_copied_with_all_its_attributes()
    {
        await ShellAsync("mkdir tree && cd tree && mkdir -p a/b && printf 1 > a/f && ln a/f a/b/g && ln -s f a/l && mkfifo a/p && chmod 2751 a/b && touch -d 2001-02-03 a/f a");
        Assert.Equal(0, (await ShellAsync("cp -a tree copy")).ExitCode);
        Assert.Equal("", (await ShellAsync("find tree copy -printf '%P %y %m %n %s %T@ %l\\n' | sort | uniq -u")).Text);
        Assert.Equal(0, (await ShellAsync("rm -r tree copy")).ExitCode);
    }

    [Fact]
    public async Task Files_that_are_gone_leave_nothing_behind()
    {
        await ShellAsync("mkdir gone && for i in $(seq 200); do echo $i > gone/$i; done && rm -r gone");
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root may drop caches");
        await File.WriteAllTextAsync("/proc/sys/vm/drop_caches", "2", TestContext.Current.CancellationToken);
        using var deadline = new CancellationTokenSource(Command.Patience, TimeProvider.System);
        while (await Host.CountAsync("nodes") > 100) deadline.Token.ThrowIfCancellationRequested();
    }

    private Task<CommandResult> ShellAsync(string command) => Command.RunAsync("sh", "-c", $"cd '{Host.MountPoint}' && {command}");
}
