using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using Google.Protobuf.Collections;
using ModelBuild.Onnx.Protos;

namespace ModelBuild.Onnx.Reading;

/// <summary>Which typed field of <see cref="TensorProto"/> stores which element type, and how its numbers become bytes.</summary>
internal static class TensorFields
{
    /// <summary>The field in which tensors of that type are stored when it is not raw_data.</summary>
    public static string FieldOf(OnnxElementType type) => type switch
    {
        OnnxElementType.Float or OnnxElementType.Complex64 => "float_data",
        OnnxElementType.Double or OnnxElementType.Complex128 => "double_data",
        OnnxElementType.Int64 => "int64_data",
        OnnxElementType.UInt32 or OnnxElementType.UInt64 => "uint64_data",
        OnnxElementType.String => "string_data",
        _ => "int32_data",
    };

    /// <summary>The fields that hold data.</summary>
    public static List<string> Stores(TensorProto proto)
    {
        var stores = new List<string>();
        Add(proto.DataLocation == TensorProto.Types.DataLocation.External, "external_data");
        Add(proto.RawData.Length > 0, "raw_data");
        Add(proto.FloatData.Count > 0, "float_data");
        Add(proto.Int32Data.Count > 0, "int32_data");
        Add(proto.StringData.Count > 0, "string_data");
        Add(proto.Int64Data.Count > 0, "int64_data");
        Add(proto.DoubleData.Count > 0, "double_data");
        Add(proto.Uint64Data.Count > 0, "uint64_data");
        return stores;

        void Add(bool present, string name)
        {
            if (present)
            {
                stores.Add(name);
            }
        }
    }

    /// <summary>
    /// The bytes of <see cref="OnnxTensor.Data"/> that one number of the field becomes: half a complex number, or a byte of packed
    /// small elements.
    /// </summary>
    public static int BytesPerEntry(OnnxElementType type) => type switch
    {
        OnnxElementType.Complex64 => 4,
        OnnxElementType.Complex128 => 8,
        _ => Math.Max(1, type.Bits() / 8),
    };

    /// <summary>How many numbers the type's field holds.</summary>
    public static int Entries(TensorProto proto, OnnxElementType type) => FieldOf(type) switch
    {
        "float_data" => proto.FloatData.Count,
        "double_data" => proto.DoubleData.Count,
        "int64_data" => proto.Int64Data.Count,
        "uint64_data" => proto.Uint64Data.Count,
        _ => proto.Int32Data.Count,
    };

    /// <summary>Writes the type's field to <paramref name="data"/>, which has the right size.</summary>
    /// <returns>A number that the type cannot hold, if there is one.</returns>
    public static int? CopyTo(TensorProto proto, OnnxElementType type, Span<byte> data)
    {
        switch (FieldOf(type))
        {
            case "float_data":
                for (int i = 0; i < proto.FloatData.Count; i++)
                {
                    BinaryPrimitives.WriteSingleLittleEndian(data[(4 * i)..], proto.FloatData[i]);
                }

                return null;
            case "double_data":
                for (int i = 0; i < proto.DoubleData.Count; i++)
                {
                    BinaryPrimitives.WriteDoubleLittleEndian(data[(8 * i)..], proto.DoubleData[i]);
                }

                return null;
            case "int64_data":
                for (int i = 0; i < proto.Int64Data.Count; i++)
                {
                    BinaryPrimitives.WriteInt64LittleEndian(data[(8 * i)..], proto.Int64Data[i]);
                }

                return null;
            case "uint64_data":
                CopyUnsigned(proto.Uint64Data, BytesPerEntry(type), data);
                return null;
            default:
                return CopyInt32(proto.Int32Data, BytesPerEntry(type), data);
        }
    }

    // A uint32 of more than 32 bits is cut, as every reader does.
    private static void CopyUnsigned(RepeatedField<ulong> values, int size, Span<byte> data)
    {
        for (int i = 0; i < values.Count; i++)
        {
            if (size == 4)
            {
                BinaryPrimitives.WriteUInt32LittleEndian(data[(4 * i)..], (uint)values[i]);
            }
            else
            {
                BinaryPrimitives.WriteUInt64LittleEndian(data[(8 * i)..], values[i]);
            }
        }
    }

    /// <summary>Numbers of 8 and 16 bits may be written signed or unsigned, whatever the type: the bits are the same.</summary>
    private static int? CopyInt32(RepeatedField<int> values, int size, Span<byte> data)
    {
        for (int i = 0; i < values.Count; i++)
        {
            int value = values[i];
            switch (size)
            {
                case 1 when value is >= sbyte.MinValue and <= byte.MaxValue:
                    data[i] = (byte)value;
                    break;
                case 2 when value is >= short.MinValue and <= ushort.MaxValue:
                    BinaryPrimitives.WriteInt16LittleEndian(data[(2 * i)..], (short)value);
                    break;
                case 4:
                    BinaryPrimitives.WriteInt32LittleEndian(data[(4 * i)..], value);
                    break;
                default:
                    return value;
            }
        }

        return null;
    }
}
