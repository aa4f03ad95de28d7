using System.Collections;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace BriData.Gateway.Json;

/// <summary>
/// Refuses null as an element of a list or a value of a map. Nullability annotations are looked at for members and parameters
/// only, so without this a null would get past every check and into a ledger.
/// </summary>
internal static class NoNulls
{
    /// <summary>A modifier for a resolver.</summary>
    public static void Modify(JsonTypeInfo type)
    {
        if (type.Kind is JsonTypeInfoKind.Enumerable or JsonTypeInfoKind.Dictionary)
        {
            type.OnDeserialized = Check;
        }
    }

    // A list of values is no IEnumerable<object>, and holds no null either.
    private static void Check(object read)
    {
        var hasNull = read switch
        {
            IDictionary map => map.Values.Cast<object?>().Contains(null),
            IEnumerable<object?> list => list.Contains(null),
            _ => false,
        };
        if (hasNull)
        {
            throw new JsonException("null is no element of a list and no value of a map.");
        }
    }
}
