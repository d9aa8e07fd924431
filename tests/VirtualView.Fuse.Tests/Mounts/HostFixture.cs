namespace VirtualView.Fuse.Tests.Mounts;

/// <summary>One mount for all tests that only look.</summary>
public sealed class HostFixture : IAsyncLifetime
{
    internal Host Host { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Host = await Host.StartAsync();
        Assert.Equal($"mounted {Host.MountPoint}", Host.Greeting);
    }

    public async ValueTask DisposeAsync() => await Host.DisposeAsync();
}
