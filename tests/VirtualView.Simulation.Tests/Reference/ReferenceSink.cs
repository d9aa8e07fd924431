using VirtualView.Core.Sources;
using VirtualView.Core.Versions;

namespace VirtualView.Simulation.Tests.Reference;

/// <summary>Takes one range into one buffer.</summary>
internal sealed class ReferenceSink(Memory<byte> into) : IRangeSink
{
    public int Filled { get; private set; }

    public Memory<byte> Next => into[Filled..];

    public bool Accept(Validator answer) => true;

    public void Advance(int bytes) => Filled += bytes;
}
