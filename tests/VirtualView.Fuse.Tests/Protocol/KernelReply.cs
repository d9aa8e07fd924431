using System.Runtime.InteropServices;

namespace VirtualView.Fuse.Tests.Protocol;

/// <summary>A message from the daemon. For a notification the unique is zero and the error minus its code.</summary>
internal sealed record KernelReply(ulong Unique, int Error, byte[] Payload)
{
    public T As<T>()
        where T : unmanaged => MemoryMarshal.Read<T>(Payload);
}
