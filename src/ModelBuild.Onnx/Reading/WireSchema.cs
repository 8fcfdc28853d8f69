using System.Collections.Generic;
using Google.Protobuf.Reflection;

namespace ModelBuild.Onnx.Reading;

/// <summary>One field as it looks on the wire.</summary>
/// <param name="Name">The field's name.</param>
/// <param name="Type">What it holds.</param>
/// <param name="WireType">How a single value is stored.</param>
/// <param name="IsPackable">Whether a list of numbers may be stored as one value, which every reader has to accept.</param>
/// <param name="Message">For messages, what is inside.</param>
internal sealed record WireField(string Name, FieldType Type, int WireType, bool IsPackable, WireSchema? Message);

/// <summary>
/// The fields of a message by number: what <see cref="MessageDescriptor"/> knows, in a form that takes nanoseconds to ask instead of a
/// lookup in the dictionary of all messages.
/// </summary>
internal sealed class WireSchema
{
    /// <summary>A number: 7 bits a byte.</summary>
    public const int Varint = 0;

    /// <summary>8 bytes.</summary>
    public const int Fixed64 = 1;

    /// <summary>A length and as many bytes.</summary>
    public const int LengthDelimited = 2;

    /// <summary>4 bytes.</summary>
    public const int Fixed32 = 5;

    // ONNX's numbers are small and dense.
    private WireField?[] _fields = [];

    private WireSchema(string name) => Name = name;

    /// <summary>The message's name.</summary>
    public string Name { get; }

    /// <summary>The schema of a message and of all that it can contain.</summary>
    public static WireSchema Of(MessageDescriptor message) => Of(message, []);

    /// <summary>The field of that number, or null when this version of the schema has none.</summary>
    public WireField? Field(ulong number) => number < (ulong)_fields.Length ? _fields[number] : null;

    // Messages contain themselves: a schema is known before its fields are.
    private static WireSchema Of(MessageDescriptor message, Dictionary<MessageDescriptor, WireSchema> known)
    {
        if (known.TryGetValue(message, out WireSchema? schema))
        {
            return schema;
        }

        schema = new WireSchema(message.Name);
        known.Add(message, schema);
        IList<FieldDescriptor> fields = message.Fields.InFieldNumberOrder();
        schema._fields = new WireField?[fields[^1].FieldNumber + 1];
        foreach (FieldDescriptor field in fields)
        {
            int wireType = WireTypeOf(field.FieldType);
            schema._fields[field.FieldNumber] = new WireField(
                field.Name,
                field.FieldType,
                wireType,
                field.IsRepeated && wireType != LengthDelimited,
                field.FieldType == FieldType.Message ? Of(field.MessageType, known) : null);
        }

        return schema;
    }

    private static int WireTypeOf(FieldType type) => type switch
    {
        FieldType.Message or FieldType.String or FieldType.Bytes => LengthDelimited,
        FieldType.Float => Fixed32,
        FieldType.Double => Fixed64,
        _ => Varint,
    };
}
