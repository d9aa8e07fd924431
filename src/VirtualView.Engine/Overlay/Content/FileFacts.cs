using VirtualView.Core.Units;

namespace VirtualView.Engine.Overlay.Content;

/// <summary>What a file's content adds to its attributes.</summary>
/// <param name="SizeBytes">Its size.</param>
/// <param name="AllocatedBytes">What it takes.</param>
/// <param name="ModifiedAt">Null: what the record says.</param>
/// <param name="ChangedAt">Null: what the record says.</param>
internal readonly record struct FileFacts(long SizeBytes, long AllocatedBytes, UnixTime? ModifiedAt, UnixTime? ChangedAt);
