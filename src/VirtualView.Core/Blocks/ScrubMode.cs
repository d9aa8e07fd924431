namespace VirtualView.Core.Blocks;

public enum ScrubMode
{
    /// <summary>Damage is only counted. A damaged block loses its proof, so that its bytes are never served.</summary>
    Report,

    /// <summary>Damaged blocks, blocks without a file, and files that no block speaks of are removed too.</summary>
    Drop,
}
