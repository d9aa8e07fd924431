using VirtualView.Core.Versions;

namespace VirtualView.Sources.Http.Manifest;

/// <summary>Reads the answers for a file in the terms of its entry in the manifest.</summary>
internal sealed class ManifestValidators(ManifestEntry entry, HttpValidators plain) : IAnswerValidators
{
    public Validator? From(HttpResponseMessage answer, long sizeBytes)
    {
        var seen = plain.From(answer, sizeBytes);
        if (entry.Sha256.IsEmpty) return seen;
        var ours = ManifestTag.Of(entry.Sha256.Span);
        if (DigestOf(answer) is { } digest)
            return new Validator(ValidatorStrength.Strong, sizeBytes, entry.ModifiedAt, digest);
        if (seen is not { } validator) return null;
        var tag = HttpValidators.TagOf(answer.Headers);
        var carriesHash = tag?.Contains(Convert.ToHexStringLower(entry.Sha256.Span), StringComparison.OrdinalIgnoreCase) == true;
        if (carriesHash || (entry.HasStrongETag && tag == entry.ETag))
            return new Validator(ValidatorStrength.Strong, sizeBytes, entry.ModifiedAt, ours);
        // An ETag that contradicts the manifest's stays: it differs from the hash, and so the file counts as changed.
        return entry.ETag is not null && tag is not null && tag != entry.ETag ? validator with { Tag = tag } : validator with { Tag = null };
    }

    // Repr-Digest: sha-256=:BASE64:   (RFC 9530)
    private static string? DigestOf(HttpResponseMessage answer)
    {
        if (!answer.Headers.NonValidated.TryGetValues("Repr-Digest", out var values)) return null;
        const string algorithm = "sha-256=:";
        foreach (var value in values)
        {
            foreach (var item in value.Split(',', StringSplitOptions.TrimEntries))
            {
                if (!item.StartsWith(algorithm, StringComparison.OrdinalIgnoreCase) || !item.EndsWith(':')) continue;
                var hash = new byte[32];
                if (Convert.TryFromBase64String(item[algorithm.Length..^1], hash, out var length) && length == hash.Length) return ManifestTag.Of(hash);
            }
        }

        return null;
    }
}
