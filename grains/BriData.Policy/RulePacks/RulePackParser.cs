using System.Text;
using BriData.Policy.RulePacks.Reading;

namespace BriData.Policy.RulePacks;

/// <summary>
/// Reads a rule pack. Never throws on bad input; every problem is reported with its line and column. What the parser
/// accepts is complete: compiling and evaluating it cannot fail.
/// </summary>
public static class RulePackParser
{
    /// <summary>Largest document that is read, in bytes.</summary>
    public const int MaxDocumentBytes = 4 * 1024 * 1024;

    /// <summary>Deepest nesting that is read.</summary>
    public const int MaxDepth = 32;

    /// <summary>Reads a pack from text.</summary>
    public static RulePackParseResult Parse(string yaml)
    {
        ArgumentNullException.ThrowIfNull(yaml);
        return yaml.Length > MaxDocumentBytes ? PackReader.TooLarge() : Parse(Encoding.UTF8.GetBytes(yaml).AsMemory());
    }

    /// <summary>Reads a pack from UTF-8 bytes, over which the pack's digest is taken.</summary>
    public static RulePackParseResult Parse(ReadOnlyMemory<byte> utf8Yaml) =>
        utf8Yaml.Length > MaxDocumentBytes ? PackReader.TooLarge() : PackReader.Read(utf8Yaml);
}
