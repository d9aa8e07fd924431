using System.Runtime.InteropServices;
using VirtualView.Fuse.Device;
using VirtualView.Fuse.Wire;

namespace VirtualView.Fuse.Dispatch.Operations;

/// <summary>Agrees with the kernel on version, flags and sizes.</summary>
internal sealed class InitOperation(FuseMountOptions options, Negotiation negotiation) : IOperation
{
    private const int EPROTO = 71;

    public unsafe Answer Handle(in Request request, ReplyBuffer reply)
    {
        // Kernels before 7.36 send less: what they leave out is zero.
        Span<byte> argument = stackalloc byte[sizeof(InitIn)];
        argument.Clear();
        request.Payload[..Math.Min(request.Payload.Length, argument.Length)].CopyTo(argument);
        var offer = MemoryMarshal.Read<InitIn>(argument);

        // A newer major version asks again with ours once it has seen it.
        if (offer.Major > FuseProtocol.Major) return Answer.Bytes(reply.Put(new InitOut { Major = FuseProtocol.Major, Minor = FuseProtocol.Minor }));
        if (offer.Major < FuseProtocol.Major || offer.Minor < FuseProtocol.OldestMinor)
        {
            negotiation.Refuse(offer.Major, offer.Minor);
            return Answer.Failed(EPROTO);
        }

        var agreement = Agree(offer);
        negotiation.Propose(agreement);
        return Answer.Bytes(reply.Put(Encode(offer, agreement)));
    }

    private Agreement Agree(in InitIn offer)
    {
        var offered = (InitFlags)offer.Flags;
        if ((offered & InitFlags.InitExt) != 0) offered |= (InitFlags)((ulong)offer.Flags2 << 32);
        var wanted = options.Passthrough ? Agreement.Wanted | InitFlags.Passthrough : Agreement.Wanted;
        var minor = Math.Min(offer.Minor, FuseProtocol.Minor);
        return new Agreement(minor, offered & wanted, minor >= FuseProtocol.EpochMinor && !options.NamesExpireByTime);
    }

    private static InitOut Encode(in InitIn offer, Agreement agreement) => new()
    {
        Major = FuseProtocol.Major,
        Minor = FuseProtocol.Minor,
        MaxReadahead = offer.MaxReadahead,
        Flags = (uint)agreement.Granted,
        Flags2 = (uint)((ulong)agreement.Granted >> 32),
        MaxBackground = FuseProtocol.MaxBackground,
        CongestionThreshold = FuseProtocol.MaxBackground * 3 / 4,
        MaxWrite = FuseProtocol.MaxWriteBytes,
        TimeGranularity = 1,
        MaxPages = FuseProtocol.MaxPages,
        MaxStackDepth = (agreement.Granted & InitFlags.Passthrough) != 0 ? FuseProtocol.MaxStackDepth : 0,
    };
}
