// WSSecurity
