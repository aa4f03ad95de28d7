using System.Reflection;
using System.Text;
using BriData.Contracts.Transfers;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace BriData.Contracts.Tests;

/// <summary>Silos of different versions talk to each other: names and member numbers on the wire never move.</summary>
public sealed class WireRecordTests
{
    private static readonly Serializer Serializer = new ServiceCollection().AddSerializer().BuildServiceProvider().GetRequiredService<Serializer>();

    private static readonly TransferReply Reply = new(
        "cn-kz-customs:42",
        "permitted",
        new JsonText("{\"outcome\":\"Permit\"}"u8.ToArray()),
        new ReceiptReference("agreement/cn-kz-customs", 41, new string('a', 64)));

    // The generator gives the requests of streaming methods a serialiser too; those are named by interface and method.
    public static TheoryData<Type> WireTypes =>
        [.. typeof(Caller).Assembly.GetTypes().Where(t =>
            t.GetCustomAttribute<GenerateSerializerAttribute>() is not null && t.Namespace?.StartsWith("OrleansCodeGen", StringComparison.Ordinal) != true)];

    public static TheoryData<Type> GrainInterfaces => [.. typeof(Caller).Assembly.GetTypes().Where(t => t.IsInterface && typeof(IGrain).IsAssignableFrom(t))];

    [Theory]
    [MemberData(nameof(WireTypes))]
    public void WireType_HasAnAliasOfItsOwn(Type type)
    {
        var alias = type.GetCustomAttribute<AliasAttribute>()?.Alias;

        Assert.StartsWith("bridata.", alias, StringComparison.Ordinal);
        Assert.Single(WireTypes, other => other.Data.GetCustomAttribute<AliasAttribute>()?.Alias == alias);
    }

    [Theory]
    [MemberData(nameof(WireTypes))]
    public void WireType_NumbersEveryMemberOnce(Type type)
    {
        var numbers = type.GetProperties(BindingFlags.Instance | BindingFlags.Public)
            .Select(p => p.GetCustomAttribute<IdAttribute>()?.Id)
            .OfType<uint>()
            .ToArray();

        Assert.Equal(numbers.Distinct().Count(), numbers.Length);
        Assert.True(type.IsEnum || numbers.Length > 0, "A wire record without numbered members carries nothing.");
    }

    [Theory]
    [MemberData(nameof(GrainInterfaces))]
    public void GrainInterface_NamesItselfAndEveryMethod(Type grain)
    {
        Assert.NotNull(grain.GetCustomAttribute<AliasAttribute>());
        Assert.All(grain.GetMethods(), m => Assert.NotNull(m.GetCustomAttribute<AliasAttribute>()));
    }

    [Fact]
    public void TransferReply_OnTheWire_ReadsBack()
    {
        var back = Serializer.Deserialize<TransferReply>(Serializer.SerializeToArray(Reply));

        Assert.Equal(Reply, back);
    }

    [Fact]
    public void Refusal_InAReply_ReadsBackWithItsFields()
    {
        Reply<TransferReply> refused = new Refusal(ErrorCodes.InvalidFact, "no") { Fields = [new FieldProblem("subjects", "fact_type", "a number")] };

        var back = Serializer.Deserialize<Reply<TransferReply>>(Serializer.SerializeToArray(refused));

        Assert.False(back!.IsOk);
        Assert.Equal(refused.Refusal!.Fields.AsEnumerable(), back.Refusal!.Fields);
    }

    [Fact]
    public void TransferReply_OnTheWire_HasTheGoldenBytes() =>
        Assert.Equal(Golden.TransferReply, Convert.ToHexStringLower(Serializer.SerializeToArray(Reply)));

    [Theory]
    [InlineData("""{"a":1}""")]
    [InlineData("""[1,2,{"b":"й"}]""")]
    [InlineData("null")]
    public void JsonText_IsCarriedThroughJsonUnchanged(string json)
    {
        var text = System.Text.Json.JsonSerializer.Deserialize<JsonText>(json);

        Assert.Equal(json, Encoding.UTF8.GetString(text.Utf8.Span).Replace("\\u0439", "й", StringComparison.Ordinal));
        Assert.Equal(text, new JsonText(text.Utf8.ToArray()));
    }
}
