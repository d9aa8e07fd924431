using VirtualView.Fuse.Native;

namespace VirtualView.Fuse;

/// <summary>A device of FUSE that another process handed over, and what it said with it.</summary>
public sealed class ReceivedDevice : IDisposable
{
    internal ReceivedDevice(ReadOnlyMemory<byte> message, Descriptor device) => (Message, Device) = (message, device);

    public ReadOnlyMemory<byte> Message { get; }

    internal Descriptor Device { get; }

    public void Dispose() => Device.Dispose();
}
