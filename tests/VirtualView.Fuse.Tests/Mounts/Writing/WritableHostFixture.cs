namespace VirtualView.Fuse.Tests.Mounts.Writing;

/// <summary>One mount that can be written, for tests that each have a name of their own in it.</summary>
public sealed class WritableHostFixture : IAsyncLifetime
{
    internal Host Host { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Host = await Host.StartAsync("writable", "allow-other");
        Assert.Equal($"mounted {Host.MountPoint}", Host.Greeting);
    }

    public async ValueTask DisposeAsync() => await Host.DisposeAsync();
}
