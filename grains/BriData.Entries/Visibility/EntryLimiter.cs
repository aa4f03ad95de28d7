using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using BriData.Contracts;
using BriData.Entries.Events;
using BriData.Entries.Rules;
using BriData.Ledger.Canonical;

namespace BriData.Entries.Visibility;

/// <summary>Leaves of an entry on an agreement's ledger what one country's regulator may see (<see cref="FieldSides"/>).</summary>
internal sealed class EntryLimiter
{
    private static readonly FrozenDictionary<string, FieldSide> NoFields = FrozenDictionary<string, FieldSide>.Empty;

    private readonly string _country;
    private readonly JsonObject _entry;
    private readonly FrozenDictionary<string, FieldSide> _data;
    private readonly SortedSet<string> _redacted = new(StringComparer.Ordinal);

    private EntryLimiter(JsonObject entry, string country)
    {
        _entry = entry;
        _country = country;
        _data = FieldSides.Data.GetValueOrDefault(Text(entry, "kind") ?? "", NoFields);
    }

    /// <summary>The entry as the country's regulator sees it.</summary>
    /// <param name="body">The entry's exact bytes.</param>
    /// <param name="country">ISO 3166-1 alpha-2.</param>
    /// <exception cref="UnreadableEntryException">The entry is not a JSON object.</exception>
    public static LimitedEntry Limit(ReadOnlyMemory<byte> body, string country)
    {
        try
        {
            var entry = JsonNode.Parse(body.Span)?.AsObject() ?? throw new UnreadableEntryException("The entry is null.");
            var limiter = new EntryLimiter(entry, country);
            limiter.Visit(entry, "", "");
            var json = CanonicalJson.Canonicalize(Encoding.UTF8.GetBytes(entry.ToJsonString()));
            return new LimitedEntry(new JsonText(json), [.. limiter._redacted]);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new UnreadableEntryException("The entry is not a well-formed ledger entry.", e);
        }
    }

    private void Visit(JsonObject parent, string path, string pattern)
    {
        foreach (var (name, value) in parent.ToArray())
        {
            if (value is null)
            {
                continue;
            }

            var (at, like) = ($"{path}/{name}", $"{pattern}/{name}");
            if (SideOf(like) is { } side)
            {
                Show(parent, name, at, IsOwn(side, parent));
            }
            else if (value is JsonObject inner && HasBelow(like))
            {
                Visit(inner, at, like);
            }
            else if (value is JsonArray list && HasBelow(like))
            {
                Visit(list, at, like + "/*");
            }
            else
            {
                // INVARIANT: what the table does not know is hidden; an empty object holds nothing to hide.
                Show(parent, name, at, value is JsonObject { Count: 0 });
            }
        }
    }

    private void Visit(JsonArray list, string path, string pattern)
    {
        var side = SideOf(pattern);
        for (var i = list.Count - 1; i >= 0; i--)
        {
            if (side is { } known ? !IsOwnItem(known, list[i]) : list[i] is not JsonObject)
            {
                list.RemoveAt(i);
                _redacted.Add(path);
            }
        }

        for (var i = 0; side is null && i < list.Count; i++)
        {
            Visit(list[i]!.AsObject(), string.Create(CultureInfo.InvariantCulture, $"{path}/{i}"), pattern);
        }
    }

    private void Show(JsonObject parent, string name, string path, bool own)
    {
        if (!own)
        {
            parent[name] = null;
            _redacted.Add(path);
        }
    }

    private FieldSide? SideOf(string pattern) =>
        FieldSides.Envelope.TryGetValue(pattern, out var side) || _data.TryGetValue(pattern, out side) ? side : null;

    private bool HasBelow(string pattern) =>
        FieldSides.Envelope.Keys.Concat(_data.Keys).Any(p => p.Length > pattern.Length && p[pattern.Length] == '/' && p.StartsWith(pattern, StringComparison.Ordinal));

    private bool IsOwn(FieldSide side, JsonObject parent) => side switch
    {
        FieldSide.Common => true,
        FieldSide.Actor => _entry["by"] is JsonObject by && IsOwn(Text(by, "country")),
        FieldSide.Exporter => IsOwn(Text(_entry, "exporter")),
        FieldSide.Importer => IsOwn(Text(_entry, "importer")),
        FieldSide.Subject => _entry["data"]?["context"] is JsonObject context && IsOwn(Text(context, "country") ?? Text(context, "agency")),
        FieldSide.ItemCountry => IsOwn(Text(parent, "country")),
        _ => false,
    };

    private bool IsOwnItem(FieldSide side, JsonNode? item) => side switch
    {
        FieldSide.ItemLaw => Text(item as JsonObject, "source") is { } source
            && (source is "agreement" or "platform" || Jurisdictions.MayPublish(_country, source)),
        FieldSide.ItemSource => Text(item as JsonObject, "source") switch
        {
            null => false,
            "exporter" => IsOwn(FieldSide.Exporter, _entry),
            "requester" => IsOwn(FieldSide.Actor, _entry),
            _ => true,
        },
        FieldSide.ItemCode => item is JsonValue value
            && value.TryGetValue<string>(out var code)
            && (code is not [>= 'A' and <= 'Z', >= 'A' and <= 'Z', '_', ..] || IsOwn(code)),
        _ => false,
    };

    /// <summary>True for the country itself and for what is named after it: <c>KZ/customs</c>, <c>KZ_NOTIFICATION</c>.</summary>
    private bool IsOwn(string? name) =>
        name is not null && name.StartsWith(_country, StringComparison.Ordinal) && (name.Length == 2 || !char.IsAsciiLetterOrDigit(name[2]));

    private static string? Text(JsonObject? parent, string name) =>
        parent?[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
