using System.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace BriData.Policy.RulePacks.Reading;

/// <summary>
/// Turns bytes into a tree with exact places. Aliases, tags and further documents are refused: a pack is read by
/// people, and a short text must not stand for a large one.
/// </summary>
internal sealed class YamlTree
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly IParser parser;
    private readonly ReadingErrors errors;

    private YamlTree(IParser parser, ReadingErrors errors)
    {
        this.parser = parser;
        this.errors = errors;
    }

    public static YamlItem? Read(ReadOnlyMemory<byte> utf8, ReadingErrors errors)
    {
        YamlTree? tree = null;
        try
        {
            var text = StrictUtf8.GetString(utf8.Span);
            tree = new YamlTree(new Parser(new StringReader(text)), errors);
            return tree.Document();
        }
        catch (DecoderFallbackException)
        {
            errors.Add(1, 1, "not_yaml", "The document is not valid UTF-8.");
        }
        catch (YamlException exception)
        {
            errors.Add(Number(exception.Start.Line), Number(exception.Start.Column), "not_yaml", $"Not YAML: {FirstLine(exception.Message)}");
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException or FormatException)
        {
            // The YAML parser leaves some malformed input to its own state checks; the last place read is the nearest.
            var place = tree?.parser.Current?.End ?? Mark.Empty;
            errors.Add(Number(place.Line), Number(place.Column), "not_yaml", "Not YAML: the document is malformed here or ends too early.");
        }
        catch (StopReading)
        {
            // The reason has been reported.
        }

        return null;
    }

    private YamlItem Document()
    {
        parser.Consume<StreamStart>();
        if (parser.Accept<StreamEnd>(out _))
        {
            throw Stop(1, 1, "not_yaml", "The document is empty.");
        }

        parser.Consume<DocumentStart>();
        var root = Item(1);
        parser.Consume<DocumentEnd>();
        if (!parser.Accept<StreamEnd>(out var rest))
        {
            var mark = rest?.Start ?? parser.Current!.Start;
            throw Stop(Number(mark.Line), Number(mark.Column), "not_yaml", "A pack is one document; a second one begins here.");
        }

        return root;
    }

    private YamlItem Item(int depth)
    {
        parser.Accept<ParsingEvent>(out var next);
        var (line, column) = (Number(next!.Start.Line), Number(next.Start.Column));
        if (depth > RulePackParser.MaxDepth)
        {
            throw Stop(line, column, "too_deep", $"Nesting deeper than {RulePackParser.MaxDepth} is not read.");
        }

        if (next is NodeEvent { Anchor.IsEmpty: false } or AnchorAlias)
        {
            throw Stop(line, column, "alias_not_allowed", "Anchors and aliases are not allowed in a pack.");
        }

        if (next is NodeEvent { Tag: { IsEmpty: false, IsNonSpecific: false } })
        {
            throw Stop(line, column, "tag_not_allowed", "Tags are not allowed in a pack.");
        }

        return next switch
        {
            YamlDotNet.Core.Events.Scalar => Scalar(line, column),
            SequenceStart => List(depth, line, column),
            MappingStart => Map(depth, line, column),
            _ => throw Stop(line, column, "not_yaml", "A value is expected here."),
        };
    }

    private YamlScalar Scalar(int line, int column)
    {
        var scalar = parser.Consume<Scalar>();
        return new YamlScalar(scalar.Value, scalar.Style == ScalarStyle.Plain, line, column);
    }

    private YamlList List(int depth, int line, int column)
    {
        parser.Consume<SequenceStart>();
        var items = new List<YamlItem>();
        while (!parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(Item(depth + 1));
        }

        return new YamlList(items, line, column);
    }

    private YamlMap Map(int depth, int line, int column)
    {
        parser.Consume<MappingStart>();
        var members = new List<KeyValuePair<YamlScalar, YamlItem>>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            if (Item(depth + 1) is not YamlScalar key)
            {
                throw Stop(line, column, "wrong_type", "A key must be a plain word.");
            }

            if (!seen.Add(key.Value))
            {
                errors.Add(key, "duplicate_key", $"The key '{key.Value}' occurs twice.");
            }

            members.Add(KeyValuePair.Create(key, Item(depth + 1)));
        }

        return new YamlMap(members, line, column);
    }

    private StopReading Stop(int line, int column, string code, string message)
    {
        errors.Add(line, column, code, message);
        return new StopReading();
    }

    private static int Number(long mark) => (int)Math.Max(1, mark);

    private static string FirstLine(string message) => message.Split('\n', 2)[0].Trim();

    /// <summary>Leaves the recursion once a problem makes the rest unreadable.</summary>
    private sealed class StopReading : Exception;
}
