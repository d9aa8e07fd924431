using VirtualView.Core.Versions;

namespace VirtualView.Core.Sources;

/// <summary>
/// Where a source puts the bytes of one range, in order. The caller owns the buffer. What was advanced over counts as
/// proven to be of the expected version, and may be read by others at once: so a source compares validators first.
/// </summary>
public interface IRangeSink
{
    /// <summary>
    /// Called once, before the first <see cref="Advance"/>, with what the answer says of its content. False: this
    /// contradicts what another answer said meanwhile; the source delivers nothing and reports
    /// <see cref="SourceErrorKind.Changed"/>.
    /// </summary>
    bool Accept(Validator answer);

    /// <summary>Room for the next bytes; never empty before the range is complete.</summary>
    Memory<byte> Next { get; }

    /// <summary>The first <paramref name="bytes"/> of <see cref="Next"/> are filled.</summary>
    void Advance(int bytes);
}
