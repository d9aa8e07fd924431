using VirtualView.Core.Versions;

namespace VirtualView.Sources.Http;

/// <summary>Takes an answer for what was expected, because its bytes are hashed before anyone sees them.</summary>
internal sealed class AssumedValidators(Validator expected) : IAnswerValidators
{
    public Validator? From(HttpResponseMessage answer, long sizeBytes) => expected with { SizeBytes = sizeBytes };
}
